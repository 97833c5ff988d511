## practice: an organisation of made-up users

practice-name = Practice
practice-try = Try it on made-up users
practice-told = You get an organisation of your own with 200 made-up users and a prepared workbook with eight kinds of problems. It is gone after { $days } days; your own users are not touched.
practice-way = Try it first
practice-way-told = An organisation of your own with 200 made-up users and a workbook with eight kinds of problems, for a week.
practice-mark = Practice
practice-until = These users are made up. All of it is removed on { $when }. Download the prepared workbook, import it, and put its eight kinds of problems right.
practice-workbook = Download the prepared workbook
practice-end = End practice
practice-too-many = Too many people practise at the moment. Please try again tomorrow.
practice-job-since = Head of Practice
practice-job-typed = Deputy Head of Practice
practice-job-promoted = Senior Specialist
